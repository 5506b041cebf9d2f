import { AppError } from '../../../shared/errors.ts';
import type { Client } from '../../lib/client.ts';
import { testTexts } from '../../texts/profile-test.ts';
import type { ProfilesApi } from './profiles-api.ts';

/** The screens' questions, asked over the contract. */
export function profilesOver(client: Pick<Client, 'request' | 'subscribe'>): ProfilesApi {
  return {
    list: () => client.request('profiles.list', {}),
    watch: (onChange) => client.subscribe('profiles.changed', null, { onEvent: onChange, onGap: onChange }),
    create: (draft) => client.request('profiles.create', { draft }),
    edit: ({ profile, revision }, draft) =>
      client.request('profiles.edit', { id: profile.id, revision, draft }),
    async changeSecret(id, change) {
      if (change.action === 'clear') await client.request('profiles.clearSecret', { id, part: change.part });
      else await client.request('profiles.setSecret', { id, part: change.part, value: change.value });
    },
    async allowUnprotected() {
      await client.request('profiles.allowUnprotected', {});
    },
    duplicate: (id) => client.request('profiles.duplicate', { id, name: null }),
    async reorder(ids) {
      await client.request('profiles.reorder', { ids: [...ids] });
    },
    async remove(id, name) {
      await client.request('profiles.delete', { id, confirmation: name });
    },
    async use(id) {
      await client.request('profiles.use', { id });
    },
    importEnv: (text, name, kind) => client.request('profiles.importEnv', { source: { text }, name, kind }),
    importFile: (text) => client.request('profiles.import', { source: { text } }),
    async exportFile(id) {
      const { text } = await client.request('profiles.export', { ids: [id] });
      return text;
    },
    link: (id) => client.request('profiles.link', { id }),
    readLink: (link) => client.request('profiles.readLink', { link }),
    enrol: (link) => client.request('profiles.enrol', { link }),
    async test(id, part, signal) {
      const { results } = await client.request('profiles.test', { profileId: id, parts: [part] }, { signal });
      const [result] = results;
      if (result === undefined) throw new AppError({ code: 'internal', ...testTexts.noAnswer });
      return result;
    },
    async prepareDatabase(profileId) {
      const { done } = await client.request('profiles.prepareDatabase', { profileId });
      return done;
    },
  };
}
