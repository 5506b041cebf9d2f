/** Targets without a profile: the sandbox that is always there, and what a server's own environment names. */
const UNCHOSEN: Readonly<Record<string, { name: string; inWords: string }>> = {
  sandbox: { name: 'Built-in sandbox', inWords: 'the built-in sandbox' },
  environment: { name: 'Database of this server', inWords: 'the database of this server' },
};

interface Target {
  /** Null: none was chosen. */
  profileId: string | null;
  /** As the backend calls it. */
  profile: string;
}

/** What a target is called where its name stands by itself. */
export function targetName({ profileId, profile }: Target): string {
  return (profileId === null ? UNCHOSEN[profile]?.name : undefined) ?? profile;
}

/** What it is called within a sentence. */
export function targetInWords({ profileId, profile }: Target): string {
  return (profileId === null ? UNCHOSEN[profile]?.inWords : undefined) ?? profile;
}

/** Where loads go while no profile is chosen, as profiles are shown. */
export function unchosenTarget<T extends { name: string }>({ name, ...rest }: T) {
  return { ...rest, name: targetName({ profileId: null, profile: name }), colour: 'grey' as const };
}
