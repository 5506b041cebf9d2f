import { describe, expect, test, vi } from 'vitest';
import { BLOCK_ROWS, createRowBlocks } from '../../../../../renderer/features/load/grid/row-blocks.ts';
import type { DraftRowView } from '../../../../../shared/contract/drafts.ts';

function rowsFrom(place: number, count: number, text = ''): DraftRowView[] {
  return Array.from({ length: count }, (_, index) => ({
    row: place + index + 1,
    line: place + index + 2,
    cells: [text],
    state: 'accepted',
    edited: [],
    coerced: [],
    issues: [],
  }));
}

function blocksWith(read: (place: number, count: number, signal: AbortSignal) => Promise<DraftRowView[]>) {
  const failures: unknown[] = [];
  const blocks = createRowBlocks({ read, onFailure: (thrown) => failures.push(thrown) });
  return { blocks, failures };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('rows by blocks', () => {
  test('are asked for once, by the block, and told of when they come', async () => {
    const read = vi.fn(async (place: number, count: number) => rowsFrom(place, count));
    const { blocks } = blocksWith(read);
    const heard = vi.fn();
    blocks.listen(heard);
    blocks.want(95, 130);
    blocks.want(96, 131);
    await settled();
    expect(read.mock.calls.map(([place, count]) => [place, count])).toEqual([
      [0, BLOCK_ROWS],
      [100, BLOCK_ROWS],
    ]);
    expect(blocks.get(130)?.row).toBe(131);
    expect(heard).toHaveBeenCalledTimes(2);
  });

  test('that are scrolled past are given up, and those on the way to a far place never asked for', async () => {
    const stopped: number[] = [];
    const asked: number[] = [];
    const { blocks, failures } = blocksWith((place, _count, signal) => {
      asked.push(place);
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          stopped.push(place);
          reject(signal.reason);
        });
      });
    });
    blocks.want(0, 30);
    blocks.want(50_000, 50_030);
    blocks.want(90_000, 90_030);
    await expect.poll(() => asked).toEqual([0, 90_000]);
    expect(stopped).toEqual([0]);
    expect(failures).toEqual([]);
  });

  test('are kept up to a bound, whatever is looked at', async () => {
    const { blocks } = blocksWith(async (place, count) => rowsFrom(place, count));
    for (let block = 0; block < 200; block += 1) await blocks.load(block * 100, block * 100 + 30);
    const kept = Array.from({ length: 200 }, (_, block) => blocks.get(block * 100)).filter(Boolean);
    expect(kept.length).toBe(60);
    expect(blocks.get(19_900)?.row).toBe(19_901);
    expect(blocks.get(0)).toBeUndefined();
  });

  test('are shown while they are read again', async () => {
    let text = 'before';
    const { blocks } = blocksWith(async (place, count) => rowsFrom(place, count, text));
    blocks.want(0, 20);
    await settled();
    text = 'after';
    const done = blocks.refresh();
    expect(blocks.get(3)?.cells).toEqual(['before']);
    await done;
    expect(blocks.get(3)?.cells).toEqual(['after']);
  });

  test('tell of a failure, and try again when they are wanted again', async () => {
    let fails = true;
    const { blocks, failures } = blocksWith(async (place, count) => {
      if (fails) throw new Error('no connection');
      return rowsFrom(place, count);
    });
    blocks.want(0, 20);
    await settled();
    expect(failures).toHaveLength(1);
    fails = false;
    await blocks.refresh();
    expect(blocks.get(0)?.row).toBe(1);
  });
});
