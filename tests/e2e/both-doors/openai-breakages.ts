import type { Bench, Breakage } from './breakage.ts';
import { enter, enterSecret, section } from './profile-steps.ts';

/** What a service that makes embeddings may refuse or get wrong. */
export function openAiBreakages(): Breakage[] {
  const host = ({ school }: Bench) => new URL(school.openai.baseUrl).host;
  return [
    {
      name: 'bad key',
      async break({ page }) {
        await enterSecret(await section(page, 'OpenAI'), 'API key', 'sk-of-somebody-else');
      },
      shows: (bench) => ({
        OpenAI: {
          message: `The embedding service at ${host(bench)} does not accept the key.`,
          mend: 'Enter the key again; if it stays so, make a new one in the account and enter that.',
        },
      }),
      async mend({ page, school }) {
        await enterSecret(await section(page, 'OpenAI'), 'API key', school.openaiKey);
      },
    },
    {
      name: 'exhausted quota',
      async break({ school }) {
        school.openai.fail({ kind: 'quota' }, { fraction: 1 });
      },
      shows: (bench) => ({
        OpenAI: {
          message: `The embedding service at ${host(bench)} accepts the key, but the account has no credit left`,
          mend: 'Look at plan and billing of the account that the key belongs to',
        },
      }),
      async mend({ school }) {
        school.openai.recover();
      },
    },
    {
      name: 'wrong dimensions',
      // The profile asks for what the table cannot hold, and the service gives neither.
      async break({ page, school }) {
        await enter(await section(page, 'OpenAI'), 'Dimensions', '768');
        school.openai.fail({ kind: 'wrong-dimensions', dimensions: 512 }, { fraction: 1 });
      },
      shows: () => ({
        Postgres: {
          message:
            'The table book_embeddings holds vectors of 1536 numbers, but the profile asks for vectors of 768.',
          mend: 'Set the dimensions of the embeddings in the profile to 1536.',
        },
        OpenAI: {
          message: 'gives vectors of 512 numbers, but the profile asks for 768.',
          mend: 'Choose a model with 768 dimensions',
        },
      }),
      async mend({ page, school }) {
        await enter(await section(page, 'OpenAI'), 'Dimensions', '1536');
        school.openai.recover();
      },
    },
  ];
}
