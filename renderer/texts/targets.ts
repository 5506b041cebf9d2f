/** The sandbox that is always there has no profile, so that its name is no one's choice. */
export const targetTexts = {
  builtIn: 'Built-in sandbox',
  builtInWords: 'the built-in sandbox',
} as const;

interface Target {
  /** Null: the built-in sandbox. */
  profileId: string | null;
  profile: string;
}

/** What a target is called where its name stands by itself. */
export function targetName({ profileId, profile }: Target): string {
  return profileId === null ? targetTexts.builtIn : profile;
}

/** What it is called within a sentence. */
export function targetInWords({ profileId, profile }: Target): string {
  return profileId === null ? targetTexts.builtInWords : profile;
}
