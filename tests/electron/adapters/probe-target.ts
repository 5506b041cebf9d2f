import type { ProbeFindings, ProbeTarget } from '../../../electron/engine/connection-test-port.ts';
import type { ProbeFix, ProbeProblem } from '../../../shared/contract/profile-test.ts';
import { type ProfileInput, profileSchema, type SecretPart } from '../../../shared/settings/profile.ts';

/** Looked for in everything a probe says. */
export const CANARY = 'c4nary';

/** A test profile with these parts, and its secrets. */
export function targetWith(
  parts: Partial<ProfileInput>,
  secrets: Partial<Record<SecretPart, string>> = {},
): ProbeTarget {
  const profile = profileSchema.parse({
    id: 'b8a5c1de-6a5e-4bb4-9a63-d0a3a1c7b001',
    name: 'School',
    kind: 'test',
    ...parts,
  });
  return { profile, secret: async (part) => secrets[part] ?? null };
}

/** The only problem that was found, without its mend; throws where there is another number of them. */
export function onlyProblem(findings: ProbeFindings): Omit<ProbeProblem, 'fix'> & { state: string } {
  const [problem, ...others] = findings.problems;
  if (problem === undefined || others.length > 0)
    throw new Error(`Not one problem: ${JSON.stringify(findings, null, 2)}`);
  const { code, message, hint } = problem;
  return { state: findings.state, code, message, hint };
}

export function fixOf(findings: ProbeFindings): ProbeFix | null {
  return findings.problems[0]?.fix ?? null;
}
