import { describe, expect, it } from 'vitest';
import { createSystemClock } from '../../../../electron/adapters/system/clock.ts';
import {
  ACCESSION_NAMESPACE,
  createSystemHasher,
  uuidV5,
} from '../../../../electron/adapters/system/hasher.ts';
import { createSystemRandom } from '../../../../electron/adapters/system/random.ts';

const never = new AbortController().signal;

describe('the system clock', () => {
  const clock = createSystemClock();

  it('never goes back', async () => {
    const before = clock.monotonicMs();
    await clock.sleep(2, never);
    expect(clock.monotonicMs()).toBeGreaterThan(before);
  });

  it('rejects a sleep with the reason of its signal, asleep or not yet', async () => {
    const reason = new Error('enough');
    await expect(clock.sleep(60_000, AbortSignal.abort(reason))).rejects.toBe(reason);
    const controller = new AbortController();
    const sleeping = clock.sleep(60_000, controller.signal);
    controller.abort(reason);
    await expect(sleeping).rejects.toBe(reason);
  });

  it('does not wake at once from a sleep that is longer than a timer can be', async () => {
    const controller = new AbortController();
    let woke = false;
    const sleeping = clock.sleep(2 ** 32, controller.signal).then(() => {
      woke = true;
    });
    await clock.sleep(20, never);
    expect(woke).toBe(false);
    controller.abort(new Error('enough'));
    await expect(sleeping).rejects.toThrow('enough');
  });
});

describe('the system hasher', () => {
  const hasher = createSystemHasher();

  it('hashes the UTF-8 bytes of a text', () => {
    // printf 'abc' | sha256sum; printf 'é' | sha256sum
    expect(hasher.sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(hasher.sha256Hex('é')).toBe('4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c');
  });

  it('makes version 5 UUIDs as RFC 9562 does in its appendix', () => {
    expect(uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe(
      '2ed6657d-e927-568b-95e1-2665a8aea6a2',
    );
  });

  it('gives a name the same id for ever', () => {
    // python3 -c "import uuid; print(uuid.uuid5(uuid.UUID(NAMESPACE), 'load|book_events|B1'))"
    expect(ACCESSION_NAMESPACE).toBe('3df33de5-fc77-4f6e-b13f-0aaedd8c0769');
    expect(hasher.uuidV5('load|book_events|B1')).toBe('8a64d5e5-1c58-5211-93b4-1c16525d5112');
  });
});

describe('system randomness', () => {
  it('gives numbers from 0 to below 1 and UUIDs that differ', () => {
    const random = createSystemRandom();
    const numbers = Array.from({ length: 100 }, () => random.next());
    expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
    expect(new Set(Array.from({ length: 100 }, () => random.uuid())).size).toBe(100);
    expect(random.uuid()).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
  });
});
