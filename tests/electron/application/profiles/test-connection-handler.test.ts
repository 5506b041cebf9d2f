import { expect, it } from 'vitest';
import { testProfileHandler } from '../../../../electron/application/profiles/test-connection-handler.ts';
import { PROBE_PARTS, testProfileRoute } from '../../../../shared/contract/profile-test.ts';
import { Secret } from '../../../../shared/settings/profile-secret.ts';
import { NO_PROFILES } from '../../../../shared/settings/saved-profiles.ts';
import { createFakeClock } from '../../../fakes/fake-clock.ts';
import { CANARY, targetWith } from '../../adapters/probe-target.ts';

const { profile } = targetWith({ openai: {} });
const context = {
  client: 'page',
  files: {
    pathOf: () => {
      throw new Error('no file');
    },
  },
  signal: new AbortController().signal,
};

/** Over one saved profile; what the probe of OpenAI is given as its key lands in `keys`. */
function handlerOver(keys: (string | null)[]) {
  const absent = async (): Promise<never> => {
    throw new Error('not part of a test');
  };
  return testProfileHandler({
    profiles: {
      read: async () => ({ ...NO_PROFILES, order: [profile.id], profiles: { [profile.id]: profile } }),
      change: absent,
      onChange: () => () => {},
      notices: () => [],
    },
    secrets: {
      protection: absent,
      allowUnprotected: absent,
      has: absent,
      get: async (_, part) => (part === 'openai-api-key' ? new Secret(CANARY) : null),
      set: absent,
      clear: absent,
      copyAll: absent,
      removeAll: absent,
    },
    probes: PROBE_PARTS.map((part) => ({
      part,
      run: async ({ secret }) => {
        if (part === 'openai') keys.push(await secret('openai-api-key'));
        return { state: 'ok', version: null, facts: [], problems: [] };
      },
    })),
    clock: createFakeClock(),
  });
}

it('a page that asks for a test gets the results in the shape of the contract, and no secret', async () => {
  const keys: (string | null)[] = [];
  const answer = await handlerOver(keys)({ profileId: profile.id, parts: ['openai'] }, context);
  expect(keys).toEqual([CANARY]);
  expect(testProfileRoute.output.parse(answer)).toEqual({
    results: [{ part: 'openai', state: 'ok', ms: 0, version: null, facts: [], problems: [] }],
  });
  expect(JSON.stringify(answer)).not.toContain(CANARY);
});

it('a page that asks for a test of a profile that is gone is told so', async () => {
  const gone = '5f2d3a5e-6a0f-4b7f-9b5f-3f2f1e0d9c8b';
  await expect(handlerOver([])({ profileId: gone, parts: undefined }, context)).rejects.toMatchObject({
    code: 'profile.unknown',
  });
});
