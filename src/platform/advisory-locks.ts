/** The numbers of PostgreSQL's advisory locks that Duncan takes, in one list: two stories under one number would wait for each other, or not run. */
export const advisoryLocks = {
  migration: 72707369,
  auditSealer: 72707370,
  importStaging: 72707371,
  /** Held by backups, shared, while files of the blob store must not disappear; by who takes them away. */
  blobs: 72707372,
  statements: 72707373,
  ledger: 72707374,
  dunningPlan: 72707375,
  assignment: 72707376,
  experiments: 72707377,
  linkKey: 72707381,
  /** With a debtor's id as the second number. */
  onlinePayments: 72707382,
} as const
