// One order, whoever begins the page: names first, then what stands on them.
import './theme.css';
import './base.css';
import './shell.css';
import '../components/controls.css';
import '../components/fields.css';
import '../components/pieces.css';
import '../components/overlays.css';
import '../features/profiles/profiles.css';
import '../features/profiles/editor.css';
import '../features/profiles/connection-test.css';
