import { z } from 'zod'

/** How people sign in, and how long they stay signed in. */
export const peopleConfig = z.object({
  DUNCAN_SESSION_HOURS: z.coerce.number().positive().max(8760).default(168).describe('After how many hours everybody signs in again, whatever they do'),
  DUNCAN_SESSION_IDLE_HOURS: z.coerce.number().positive().max(8760).default(24).describe('After how many hours without a click somebody is signed out'),
  DUNCAN_OIDC_ISSUER: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Address of the company’s sign-in service (OpenID Connect); its callback address is <console>/sign-in/callback'),
  DUNCAN_OIDC_CLIENT_ID: z.string().min(1).optional().describe('How that service knows Duncan'),
  DUNCAN_OIDC_CLIENT_SECRET: z.string().min(1).optional().describe('The secret that goes with it'),
  DUNCAN_OIDC_NAME: z
    .string()
    .trim()
    .min(1)
    .max(40)
    .optional()
    .describe('What the button on the sign-in page calls that service; left out: your company account'),
})
export type PeopleConfig = z.infer<typeof peopleConfig>
