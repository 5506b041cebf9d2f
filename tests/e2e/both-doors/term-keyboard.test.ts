import { keyboard } from './keyboard.ts';
import { describeWholeTerm } from './whole-term.ts';

describeWholeTerm(keyboard, 'with the keyboard alone');
