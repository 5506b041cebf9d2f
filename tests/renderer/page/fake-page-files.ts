import type { PageFiles, TakenFiles } from '../../../renderer/lib/page-files.ts';
import { FOLDER_REFUSALS, isTableFile } from '../../../shared/table-files.ts';

/**
 * Takes every table at once and knows it by its name, and refuses the rest; a chosen one is always the same. Nothing
 * is opened from outside.
 */
export function fakePageFiles(): PageFiles {
  const take = async (files: readonly File[]): Promise<TakenFiles> => ({
    files: files
      .filter(({ name }) => isTableFile(name))
      .map(({ name, size }) => ({ id: `file-${name}`, name, sizeBytes: size })),
    refused: files
      .filter(({ name }) => !isTableFile(name))
      .map(({ name }) => ({ name, ...FOLDER_REFUSALS.notATable })),
  });
  return {
    take,
    takeDropped: (dropped) => take([...dropped.files]),
    choose: () => take([new File(['book_id,title\n'], 'books.csv')]),
    onOpened(listener) {
      const open = (event: Event): void => void take((event as CustomEvent<File[]>).detail).then(listener);
      // As the desktop does when a file is opened in its file manager.
      window.addEventListener('test-opened', open);
      return () => window.removeEventListener('test-opened', open);
    },
  };
}
