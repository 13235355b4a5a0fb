/** What flows have drawn, or drawn again, for people to see. */
export type Posts = {
  postProposal: (proposalId: number) => Promise<unknown>
  postReminder: (proposalId: number, staffId: number) => Promise<unknown>
  postEntry: (entryId: number) => Promise<unknown>
  postEntryReminder: (staffId: number) => Promise<unknown>
  postLateDispute: (disputeId: number, staffId: number) => Promise<unknown>
  postOps: (alertId: number) => Promise<unknown>
  postHandBack: (absenceId: number) => Promise<unknown>
  /** Asks about colleagues whose status in chat says that they are away. */
  askAboutAway: () => Promise<unknown>
  /** Tells the owner of a scheduled report who did not get a run of it. */
  postReportTrouble: (scheduleId: number, dueAt: string) => Promise<unknown>
  /** Writes the morning lists that are due now. */
  postDigests: () => Promise<unknown>
  /** Tells managers how Duncan judges its last week, each once. */
  postSelfAudits: () => Promise<unknown>
  /** Tells who granted Duncan something that it ended. */
  postGrantEnded: (grantId: number) => Promise<unknown>
  /** Tells who let a step leave alone that it asks again. */
  postStepEnded: (grantId: number) => Promise<unknown>
  /** Writes the lists of channels that are due now. */
  postLists: () => Promise<unknown>
  /** Asks by mail what cannot be asked in chat. */
  askByMail: () => Promise<unknown>
  postPayments: (administrationId: number) => Promise<unknown>
  postAlert: (alertId: number) => Promise<unknown>
  postCreditNight: (runId: number) => Promise<unknown>
  /** Tells those who decide that an alert waits. */
  postAlertReminder: (alertId: number) => Promise<unknown>
  /** Approves what a person approved together; with `giveUp` no more than gives back what nobody came to. */
  runBulk: (runId: number, giveUp: boolean) => Promise<unknown>
  /** The same of reminders. */
  runReminders: (runId: number, giveUp: boolean) => Promise<unknown>
  /** Lets go of what is known of cards that were settled long ago. */
  forgetOld: () => Promise<unknown>
}
