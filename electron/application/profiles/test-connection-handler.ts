import type { Handler } from '../../../shared/contract/handlers.ts';
import type { testProfileRoute } from '../../../shared/contract/profile-test.ts';
import type { ProfilePorts } from './profile-ports.ts';
import { profileOf } from './profile-ports.ts';
import { type TestConnectionPorts, testConnection } from './test-connection.ts';

/** Answers `profiles.test`. Secrets go from the store to the probes and nowhere else. Throws profile.unknown, settings.*. */
export function testProfileHandler(
  ports: Pick<ProfilePorts, 'profiles' | 'secrets'> & TestConnectionPorts,
): Handler<typeof testProfileRoute> {
  return async ({ profileId, parts }, { signal }) => {
    const profile = profileOf(await ports.profiles.read(signal), profileId);
    const secret = async (part: Parameters<typeof ports.secrets.get>[1]): Promise<string | null> =>
      (await ports.secrets.get(profile.id, part, signal))?.reveal() ?? null;
    return { results: await testConnection(ports, { profile, secret }, { parts }, signal) };
  };
}
