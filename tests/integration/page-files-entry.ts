import '../../renderer/app/without-eval.ts';
import { browserPageFiles } from '../../renderer/lib/page-files-browser.ts';

Object.assign(window, { pageFiles: browserPageFiles() });
