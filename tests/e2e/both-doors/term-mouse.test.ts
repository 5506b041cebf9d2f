import { mouse } from './mouse.ts';
import { describeWholeTerm } from './whole-term.ts';

describeWholeTerm(mouse, 'with the mouse');
