/** The surface that every post stands on; what a chat platform shows are copies of it. */
export const consoleSurface = 'console'
