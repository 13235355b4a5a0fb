import type { Cells, Classes } from './matrix-schema.ts'

// The matrix that Duncan comes with: rows by the bureau's class, so that a manager recognises them, columns by what could be lost.

export const defaultClasses: Classes = {
  strong: { ratings: ['A'], from: 71 },
  good: { ratings: ['B'], from: 51 },
  moderate: { ratings: ['C'], from: 30 },
  weak: { ratings: ['D'], from: 0 },
}

export const defaultBands = { small: { from: '0' }, medium: { from: '10000' }, large: { from: '50000' } }

/** By row and column. `unknown` asks for a closer look: nobody has said yet that the company is bad. */
export const defaultCells: Cells = {
  strong: { small: { stance: 'develop' }, medium: { stance: 'develop' }, large: { stance: 'maintain' } },
  good: { small: { stance: 'develop' }, medium: { stance: 'maintain' }, large: { stance: 'maintain' } },
  moderate: { small: { stance: 'maintain' }, medium: { stance: 'maintain' }, large: { stance: 'reinforce' } },
  weak: { small: { stance: 'reinforce' }, medium: { stance: 'reduce' }, large: { stance: 'stop' } },
  stopped: { small: { stance: 'stop' }, medium: { stance: 'pre_litigation' }, large: { stance: 'pre_litigation' } },
  unknown: { small: { stance: 'maintain' }, medium: { stance: 'reinforce' }, large: { stance: 'reinforce' } },
}
