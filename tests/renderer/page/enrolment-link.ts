import { enrolmentLinkOf } from '../../../shared/settings/enrolment.ts';
import { profileSchema } from '../../../shared/settings/profile.ts';

/** As the district's administrator would send it. */
export const ENROLMENT_LINK = enrolmentLinkOf(
  profileSchema.parse({
    id: '6a0f6e5a-3c52-4a1e-9c60-0d5f3c1f2a09',
    name: 'Roosevelt Middle',
    kind: 'production',
    postgres: { host: 'db.roosevelt.example', database: 'library', user: 'loader' },
    openai: {},
  }),
).link;
