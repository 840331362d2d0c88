/** What the build makes (build/examples.ts, build/declarations.ts). */
declare module 'virtual:examples' {
  const examples: readonly import('./example.ts').Example[];
  export default examples;
}

declare module 'virtual:declarations' {
  const declarations: Readonly<Record<string, string>>;
  export default declarations;
}
