import type { BodyInputOf } from '#contract/route.ts';
import type { LetterheadView, replaceLetterhead } from '#contract/routes/documents.ts';

type LetterheadBody = BodyInputOf<typeof replaceLetterhead>;

/** A letterhead as typed; the logo is the stored one, another, or none. */
export type LetterheadDraft = Omit<LetterheadBody, 'logo'> & {
  logo: 'keep' | 'none' | { contentBase64: string; shown: string };
};

export function letterheadDraftOf({ version: _, logo, ...fields }: LetterheadView): LetterheadDraft {
  return { ...fields, logo: logo ? 'keep' : 'none' };
}

/** What is sent; what surrounds a line does not count. */
export function letterheadBodyOf({ logo, ...fields }: LetterheadDraft): LetterheadBody {
  const trimmed = Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, value.trim()]),
  ) as Omit<LetterheadBody, 'logo'>;
  if (logo === 'none') return trimmed;
  return { ...trimmed, logo: logo === 'keep' ? 'keep' : { contentBase64: logo.contentBase64 } };
}

/** Reads a picture for `logo`. @throws when the browser can not read the file */
export async function readLogoFile(file: File): Promise<LetterheadDraft['logo']> {
  const shown = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error ?? new Error('unreadable'));
    reader.readAsDataURL(file);
  });
  return { contentBase64: shown.slice(shown.indexOf(',') + 1), shown };
}
