export * from './mailbox/mailbox.ts'
export * from './parsed-mail.ts'
