/** Texts of steps, one for each rung of the ladder: the first line is the subject. `consumer_notice` gives a private person the time of the law. */
export const reminderTemplates = ['reminder_first', 'reminder_second', 'consumer_notice', 'final_notice', 'collection_announced'] as const
export type ReminderTemplate = (typeof reminderTemplates)[number]

/** What the texts of steps are put together from. */
export const reminderParts = ['reminder_overview', 'reminder_charges', 'reminder_payment'] as const
