import { axeFindsNothingIn } from './page/axe-views.ts';

axeFindsNothingIn('load');
