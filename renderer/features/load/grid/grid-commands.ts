import type { GridCommand } from './grid-keys.ts';
import { type CellPlace, type Extent, moved } from './selection.ts';
import type { CellDeeds } from './use-cell-deeds.ts';
import type { GridPlace } from './use-grid-place.ts';

/** Does what a key means where somebody is. */
export function runCommand(
  command: GridCommand,
  place: GridPlace,
  extent: Extent,
  deeds: CellDeeds,
  isSkipped: boolean,
  openMenu: (cell: CellPlace) => void,
): void {
  const { active } = place;
  const isHeading = active.place < 0;
  switch (command.kind) {
    case 'move':
      place.select(moved(active, command.move, extent), command.extend && !isHeading);
      break;
    case 'select-all':
      place.selectAll();
      break;
    case 'menu':
      openMenu(active);
      break;
    case 'edit':
      // On a heading there is nothing to type, and on a row's number neither; a blank would be typed by accident.
      if (isHeading) {
        if (command.text === null || command.text === ' ') openMenu(active);
      } else if (active.column > 0 && command.text !== ' ') deeds.edit(active, command.text);
      break;
    case 'blank':
      if (!isHeading) deeds.blank();
      break;
    case 'leave-out':
      if (!isHeading) deeds.leaveOut(!isSkipped);
      break;
    case 'suggestion':
      if (!isHeading) deeds.takeSuggestion(active);
      break;
    case 'escape':
      place.beQuiet();
      place.selectOne();
  }
}
