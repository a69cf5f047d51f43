import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { buildKerf } from '#lib/kerf.ts';
import { readSettings } from '#lib/settings.ts';

const { context } = JSON.parse(readFileSync('cdk.json', 'utf8')) as { context: Record<string, unknown> };

export interface Resource {
  Type: string;
  Properties: Record<string, unknown>;
  DeletionPolicy?: string;
}
export interface FoundResource extends Resource {
  stack: string;
  id: string;
}

/** All stacks of an installation without bundled code. Findings of cdk-nag make it throw. */
export function synthesize(
  given: Record<string, unknown> = {},
  pages?: string,
): { resources: FoundResource[] } {
  const app = new App({ context: { ...context, ...given, 'aws:cdk:bundling-stacks': [] } });
  const stacks = Object.entries(buildKerf(app, readSettings(app), pages));
  app.synth();
  const resources: FoundResource[] = stacks.flatMap(([stack, built]) =>
    Object.entries(Template.fromStack(built).toJSON()['Resources'] as Record<string, Resource>).map(
      ([id, resource]) => ({ ...resource, stack, id }),
    ),
  );
  return { resources };
}

export const ofType = (resources: readonly FoundResource[], type: string): FoundResource[] =>
  resources.filter((resource) => resource.Type === type);
