import type { SettingsKind, SettingsPath } from '#settings'
import { matrixFaults } from './matrix-faults.ts'
import { type Cells, matrixSchema } from './matrix-schema.ts'

const schema = matrixSchema
  .superRefine((matrix, context) => {
    for (const { path, message, remedy } of matrixFaults(matrix)) context.addIssue({ code: 'custom', path, message, params: { remedy } })
  })
  .describe('What is done about debtors, by their solvency and what could be lost: each cell has a stance and, if you like, a workflow')

/** The decision matrix, as settings. */
export const matrixKind = {
  name: 'matrix',
  schema,
  references: ({ cells, segments }) => [
    ...workflowsIn(['cells'], cells),
    ...Object.entries(segments).flatMap(([segment, own]) => [
      { path: ['segments', segment], kind: 'segments', key: segment },
      ...workflowsIn(['segments', segment], own),
    ]),
  ],
} satisfies SettingsKind<typeof schema>

const workflowsIn = (path: SettingsPath, cells: Cells) =>
  Object.entries(cells).flatMap(([row, ofRow]) =>
    Object.entries(ofRow).flatMap(([column, { workflow }]) =>
      workflow === undefined ? [] : [{ path: [...path, row, column, 'workflow'], kind: 'workflows', key: workflow }],
    ),
  )
