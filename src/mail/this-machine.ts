/** Whether a connection to the host stays on this machine, where a password may cross in the clear. */
export const isThisMachine = (host: string): boolean => host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
