/** What the build makes (build/examples.ts, build/declarations.ts). */
declare module 'virtual:examples' {
  // eslint-disable-next-line @typescript-eslint/consistent-type-imports -- such a declaration cannot import files by statements
  const examples: readonly import('./example.ts').Example[];
  export default examples;
}

declare module 'virtual:declarations' {
  const declarations: Readonly<Record<string, string>>;
  export default declarations;
}
