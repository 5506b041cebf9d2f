import { cruise, type IViolation } from 'dependency-cruiser';
import { OPTIONS, RULES } from './dependency-rules.ts';

/** Folders that hold code, relative to the tree that is checked. */
const ROOTS = ['electron', 'shared', 'renderer', 'tests'];

export interface LayerReport {
  modules: number;
  violations: { rule: string; from: string; to: string }[];
}

/** Checks the tree at `baseDir` against every rule. Throws where a folder is missing or cannot be parsed. */
export async function checkLayers(baseDir: string, roots: readonly string[] = ROOTS): Promise<LayerReport> {
  const { output } = await cruise([...roots], {
    ...OPTIONS,
    baseDir,
    ruleSet: { forbidden: [...RULES] },
    validate: true,
  });
  if (typeof output === 'string') throw new Error(output);
  return {
    modules: output.modules.filter((module) => !/node_modules/.test(module.source) && !module.coreModule)
      .length,
    violations: output.summary.violations.map((violation: IViolation) => ({
      rule: violation.rule.name,
      from: violation.from,
      to: violation.to,
    })),
  };
}
