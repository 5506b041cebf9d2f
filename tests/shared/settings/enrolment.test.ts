import { describe, expect, it } from 'vitest';
import { enrolmentLinkOf, readEnrolment } from '../../../shared/settings/enrolment.ts';
import { crc32Hex } from '../../../shared/settings/profile-checksum.ts';
import { checkProfile } from '../../../shared/settings/profile-problems.ts';
import { exportText, portable, readExport } from '../../../shared/settings/saved-profiles-exchange.ts';
import { complete, LINCOLN_ID, lincoln } from './profile-fixtures.ts';

/** The profile that comes out of what was pasted. */
function arrived(pasted: string) {
  const read = readEnrolment(pasted);
  if (!read.ok) throw new Error(read.problem);
  const checked = checkProfile(LINCOLN_ID, read.draft, []);
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return checked.profile;
}

describe('an enrolment link', () => {
  it.each([lincoln(), complete(), lincoln({ name: 'Škola Ž 学校', confirmAboveRows: 7 })])(
    'carries $name whole, as a link and as text',
    (profile) => {
      const { link, text } = enrolmentLinkOf(profile);
      expect(link).toMatch(/^accession:\/\/enrol\?v=1&p=[\w-]+&c=[0-9a-f]{8}$/);
      expect(text).toMatch(/^accession-enrol\.1\.[\w-]+\.[0-9a-f]{8}$/);
      expect(arrived(link)).toEqual(profile);
      expect(arrived(`https://intranet.school.example/enrol#${text}`)).toEqual(profile);
    },
  );

  it('is compact: what equals a default is left out', () => {
    expect(enrolmentLinkOf(lincoln()).text.length).toBeLessThan(220);
  });

  it('is found in a mail that broke it over lines', () => {
    const { link } = enrolmentLinkOf(complete());
    expect(arrived(`Hello,\n> ${link.slice(0, 60)}\n${link.slice(60)} \n`)).toEqual(complete());
  });

  it('that lost or changed a character is refused', () => {
    const { link } = enrolmentLinkOf(lincoln());
    const changed = link.replace(/p=(.{10})./, (_, start) => `p=${start}~`.replace('~', '_'));
    for (const damaged of [link.slice(0, -1), changed, link.replace('&p=', '&p=A')])
      expect(readEnrolment(damaged)).toMatchObject({
        ok: false,
        problem: expect.stringContaining('damaged'),
      });
  });

  it('of a newer version, or that is none, is refused in words that say so', () => {
    const { link } = enrolmentLinkOf(lincoln());
    expect(readEnrolment(link.replace('v=1', 'v=2'))).toMatchObject({
      problem: expect.stringContaining('newer'),
    });
    expect(readEnrolment('https://school.example/')).toMatchObject({
      problem: expect.stringContaining('no enrolment'),
    });
    expect(readEnrolment('x'.repeat(1_000_000))).toMatchObject({ ok: false });
  });
});

describe('an export file', () => {
  it('carries profiles without their ids', () => {
    const text = exportText([lincoln(), complete({ name: 'Second' })]);
    expect(text).not.toContain(LINCOLN_ID);
    expect(readExport(text)).toEqual({
      ok: true,
      profiles: [portable(lincoln()), portable(complete({ name: 'Second' }))],
    });
  });

  it('that is none, was cut off, or comes from a newer version is refused', () => {
    const text = exportText([lincoln()]);
    expect(readExport(text.slice(0, -10))).toMatchObject({ problem: expect.stringContaining('cut off') });
    expect(readExport('{"profiles":[]}')).toMatchObject({ ok: false });
    expect(readExport(text.replace('"version": 1', '"version": 2'))).toMatchObject({
      problem: expect.stringContaining('newer'),
    });
  });
});

describe('the checksum', () => {
  it('is the CRC-32 of zip and PNG', () => {
    // The check value of CRC-32/ISO-HDLC in the catalogue of parametrised CRC algorithms.
    expect(crc32Hex('123456789')).toBe('cbf43926');
    expect(crc32Hex('')).toBe('00000000');
  });
});
