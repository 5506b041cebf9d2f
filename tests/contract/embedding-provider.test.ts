import { createLexicalEmbedder } from '../../electron/adapters/lexical-embedder/lexical-embedder.ts';
import { createOpenAiEmbeddings } from '../../electron/adapters/openai/openai-embeddings.ts';
import { createFakeEmbedder } from '../fakes/fake-embedder.ts';
import { startOpenAiStandIn } from '../services/openai-stand-in.ts';
import { embeddingProviderContract } from './embedding-provider.ts';

embeddingProviderContract('in memory', async () => ({
  provider: createFakeEmbedder(),
  release: async () => {},
}));

embeddingProviderContract('lexical', async () => ({
  provider: createLexicalEmbedder(),
  release: async () => {},
}));

embeddingProviderContract('OpenAI', async () => {
  const standIn = await startOpenAiStandIn();
  return {
    provider: createOpenAiEmbeddings({
      apiKey: 'test-key',
      baseUrl: standIn.baseUrl,
      model: 'text-embedding-3-small',
      dimensions: 1536,
    }),
    release: standIn.stop,
  };
});
