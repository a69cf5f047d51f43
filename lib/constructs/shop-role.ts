import { Duration } from 'aws-cdk-lib';
import { ArnPrincipal, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { assuming, type Statement } from '#contract/rights.ts';

/** The role by which one function reaches into shops: assumable by that function alone, and only with the tag that names one shop. */
export class ShopRole extends Construct {
  readonly role: Role;

  constructor(scope: Construct, by: Role, statements: readonly Statement[]) {
    super(scope, 'Shop');
    const trusted = new ArnPrincipal(by.roleArn);
    this.role = new Role(this, 'Role', {
      assumedBy: trusted.withConditions(assuming.condition),
      // The longest that AWS gives a role which assumes another.
      maxSessionDuration: Duration.hours(1),
    });
    this.role.assumeRolePolicy?.addStatements(
      new PolicyStatement({
        actions: ['sts:TagSession'],
        principals: [trusted],
        conditions: assuming.condition,
      }),
    );
    for (const statement of statements) this.role.addToPolicy(PolicyStatement.fromJson(statement));
  }
}
