/**
 * Hands out an access token that is valid now. Given a token that a server just refused, it hands out another.
 * Throws `mailbox.token` when none can be had, with what to do.
 */
export type AccessToken = (refused?: string) => Promise<string>
