/** The profile of rows of which neither their file nor whoever sent it says whose they are. */
export const namelessProfile = 'Profile';
