import { z } from 'zod'

/** The account at the credit bureau. */
export const creditConfig = z.object({
  DUNCAN_CREDITSAFE_URL: z
    .url({ protocol: /^https?$/ })
    .default('https://connect.creditsafe.com/v1')
    .describe('Address of the Creditsafe Connect interface; its sandbox for new accounts is https://connect.sandbox.creditsafe.com/v1'),
  DUNCAN_CREDITSAFE_USERNAME: z.string().min(1).optional().describe('User name for that interface; it is not the one of the web portal'),
  DUNCAN_CREDITSAFE_PASSWORD: z.string().min(1).optional().describe('The password that goes with it'),
})
export type CreditConfig = z.infer<typeof creditConfig>
