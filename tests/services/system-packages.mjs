/** What the test services need from the system: found by looking, installed only as root on Debian and its kin. */
import { which } from './locations.mjs';
import { runCommand } from './run-command.mjs';

/** Kafka 4 runs on Java 17 or newer. */
const MINIMUM_JAVA = 17;
/** The frozen Python packages need 3.11 or newer. */
const MINIMUM_PYTHON = [3, 11];

/** The first Python that is new enough and can make a virtual environment, or null. */
export async function findPython(env = process.env) {
  const [major, minor] = MINIMUM_PYTHON;
  const probe = `import sys, venv, ensurepip; sys.exit(0 if sys.version_info >= (${major}, ${minor}) else 1)`;
  for (const candidate of new Set([which('python3', env), '/usr/bin/python3'])) {
    if (candidate === null) continue;
    const fits = await runCommand(candidate, ['-c', probe]).then(
      () => true,
      () => false,
    );
    if (fits) return candidate;
  }
  return null;
}

async function javaIsNewEnough(javaBin) {
  if (javaBin === null) return false;
  // `java --version` prints "openjdk 17.0.15 2025-04-15" on standard output; Java 8 does not know the option.
  const printed = await runCommand(javaBin, ['--version']).catch(() => '');
  return Number(/\s(\d+)/.exec(printed)?.[1] ?? 0) >= MINIMUM_JAVA;
}

/** Package names as apt knows them; JAVA stands for whichever Java release this Debian carries. */
const JAVA = 'java';

export async function missingPackages(locations) {
  const missing = [];
  const needsPython = !locations.postgres.ready || !locations.python.ready;
  if (needsPython && (await findPython()) === null) missing.push('python3', 'python3-venv', 'python3-pip');
  if (!locations.kafka.ready) {
    if (!(await javaIsNewEnough(locations.kafka.javaBin))) missing.push(JAVA);
    if (which('mvn') === null) missing.push('maven');
  }
  if (locations.flockBin === null) missing.push('util-linux');
  if (locations.chromiumBin === null) missing.push('chromium');
  return missing;
}

/** Installs the packages, or says which command would. Never throws: what stays missing shows in the parts. */
export async function installPackages(missing, log) {
  if (missing.length === 0) return;
  const named = missing.map((name) => (name === JAVA ? 'openjdk-17-jre-headless' : name));
  if (which('apt-get') === null || process.getuid?.() !== 0) {
    log(`Test services: not on this system: ${named.join(', ')}.`);
    log(
      `  Type: ${which('apt-get') === null ? `install ${named.join(', ')} with your package manager` : `sudo apt-get install -y ${named.join(' ')}`}`,
    );
    return;
  }
  log(`Test services: installing ${named.join(', ')} with apt-get`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // Another set-up script may hold dpkg's lock at this moment.
  const apt = (...args) => runCommand('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=300', ...args], { env });
  try {
    await apt('update');
    const java = missing.includes(JAVA) ? await javaPackage(env) : null;
    const packages = missing.map((name) => (name === JAVA ? java : name));
    await apt('install', '-y', '--no-install-recommends', '--no-upgrade', ...packages);
  } catch (error) {
    log(`Test services: apt-get could not install them: ${error.message}`);
  }
}

async function javaPackage(env) {
  const candidates = ['openjdk-17-jre-headless', 'openjdk-21-jre-headless', 'openjdk-25-jre-headless'];
  for (const name of candidates) {
    const known = await runCommand('apt-cache', ['show', '--no-all-versions', name], { env }).catch(() => '');
    if (known.includes('Package:')) return name;
  }
  return 'default-jre-headless';
}
