declare module 'virtual:messages/*' {
  const catalogue: Readonly<Record<string, (values?: Record<string, unknown>) => string>>;
  export default catalogue;
}
