import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createOpenAiProbe } from '../../../../electron/adapters/openai/probe-openai.ts';
import type { ProbeFindings } from '../../../../electron/engine/connection-test-port.ts';
import type { ProfileInput } from '../../../../shared/settings/profile.ts';
import { type OpenAiStandIn, startOpenAiStandIn } from '../../../services/openai-stand-in.ts';
import { freePort } from '../../../services/supervised-process.ts';
import { CANARY, onlyProblem, targetWith } from '../probe-target.ts';

const KEY = `sk-${CANARY}`;

describe('a test of the embedding service', () => {
  let service: OpenAiStandIn;
  beforeAll(async () => {
    service = await startOpenAiStandIn({ apiKey: KEY });
  });
  afterEach(() => service.recover());
  afterAll(() => service.stop());

  const host = () => new URL(service.baseUrl).host;
  const probe = (
    openai: NonNullable<ProfileInput['openai']> = {},
    key: string | null = KEY,
  ): Promise<ProbeFindings> =>
    createOpenAiProbe().run(
      targetWith(
        { openai: { baseUrl: service.baseUrl, ...openai } },
        key === null ? {} : { 'openai-api-key': key },
      ),
      new AbortController().signal,
    );

  it('is green once one word was embedded', async () => {
    const before = service.requests.length;
    expect(await probe()).toEqual({
      state: 'ok',
      version: 'text-embedding-3-small',
      facts: [
        expect.stringMatching(/^The word "library" became a vector of 1536 numbers \(\d+ tokens?\)\.$/),
      ],
      problems: [],
    });
    expect(service.requests.slice(before).map(({ inputs }) => inputs)).toEqual([['library']]);
  });

  it('says that the key is wrong, without repeating it', async () => {
    const findings = await probe({}, `sk-wrong-${CANARY}`);
    expect(onlyProblem(findings)).toEqual({
      state: 'failed',
      code: 'login',
      message: `The embedding service at ${host()} does not accept the key.`,
      hint: 'Enter the key again; if it stays so, make a new one in the account and enter that.',
    });
    expect(JSON.stringify(findings)).not.toContain(CANARY);
  });

  it('says that the key was never entered', async () => {
    expect(onlyProblem(await probe({}, null))).toEqual({
      state: 'failed',
      code: 'secret-missing',
      message: 'The profile has an embedding service, but no key for it.',
      hint: 'Enter the key in the profile. For a service that needs none, enter any text.',
    });
  });

  it('says that the quota is exhausted', async () => {
    service.fail({ kind: 'quota' });
    expect(onlyProblem(await probe())).toEqual({
      state: 'failed',
      code: 'quota',
      message: `The embedding service at ${host()} accepts the key, but the account has no credit left, or has been closed.`,
      hint: 'Look at plan and billing of the account that the key belongs to: somebody has to pay or to raise its limit.',
    });
  });

  it('takes a limit of the moment for no failure', async () => {
    service.fail({ kind: 'rate-limit' });
    expect(onlyProblem(await probe())).toMatchObject({ state: 'attention', code: 'rate-limited' });
  });

  it('says that the vectors have another length', async () => {
    service.fail({ kind: 'wrong-dimensions', dimensions: 768 });
    expect(onlyProblem(await probe())).toEqual({
      state: 'failed',
      code: 'dimensions',
      message:
        'The model text-embedding-3-small gives vectors of 768 numbers, but the profile asks for 1536.',
      hint: 'Choose a model with 1536 dimensions (text-embedding-3-small has 1536), or set the dimensions in the profile to what the model gives if the index is to be made anew.',
    });
  });

  it('says that there is no such model', async () => {
    expect(onlyProblem(await probe({ embeddingModel: 'text-embedding-9' }))).toEqual({
      state: 'failed',
      code: 'model-missing',
      message: `The embedding service at ${host()} has no model called "text-embedding-9", or not for this key.`,
      hint: 'Correct the name of the embedding model in the profile.',
    });
  });

  it('says that the address leads to something else', async () => {
    expect(onlyProblem(await probe({ baseUrl: service.baseUrl.replace('/v1', '/api') }))).toEqual({
      state: 'failed',
      code: 'wrong-service',
      message: `Something answers at http://${host()}, but no embedding service does under /api.`,
      hint: 'Check the address in the profile; most services want it to end in /v1.',
    });
  });

  it('says that the port is closed', async () => {
    const port = await freePort();
    expect(onlyProblem(await probe({ baseUrl: `http://127.0.0.1:${port}/v1` }))).toEqual({
      state: 'failed',
      code: 'port-closed',
      message: `Nothing answers on port ${port} of "127.0.0.1".`,
      hint: 'Check the port (it stands in the address in the profile), that the service is running, and that no firewall closes it.',
    });
  });

  it('says that there is no such host, and that the key would travel in the clear', async () => {
    const findings = await probe({ baseUrl: 'http://no-such-host.invalid/v1' });
    expect(findings.problems.map(({ code, message }) => [code, message])).toEqual([
      ['no-such-host', 'This computer finds no server of the name "no-such-host.invalid".'],
      ['unencrypted', 'Key and texts travel unencrypted to no-such-host.invalid.'],
    ]);
  });

  it('says that the service broke off', async () => {
    service.fail({ kind: 'reset' });
    expect(onlyProblem(await probe())).toMatchObject({
      code: 'no-answer',
      message: `The embedding service at ${host()} does not answer as it should.`,
    });
  });
});
