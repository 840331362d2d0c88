/** As ESLint's. */
export const exit = { clean: 0, findings: 1, failed: 2 } as const;

export type ExitCode = (typeof exit)[keyof typeof exit];
