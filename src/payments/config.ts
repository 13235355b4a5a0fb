import { z } from 'zod'

/** How the pages on which debtors pay are reached, and who takes the money. */
export const paymentsConfig = z.object({
  DUNCAN_PAY_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Address under which debtors reach the pages to pay on (/pay), when it is not that of the console'),
  DUNCAN_PAYMENT_URL: z
    .url({ protocol: /^https?$/ })
    .default('https://api.mollie.com')
    .describe('Where the payment provider is reached'),
  DUNCAN_PAYMENT_KEY: z.string().min(1).optional().describe('Key of the payment provider; without it pages tell how to pay by bank transfer'),
})
export type PaymentsConfig = z.infer<typeof paymentsConfig>

/** The address of the pages, without a slash at its end: that of the console where nothing else is set. */
export const payPagesUrl = ({ DUNCAN_PAY_URL }: PaymentsConfig, consoleUrl: string): string => (DUNCAN_PAY_URL ?? consoleUrl).replace(/\/+$/, '')
