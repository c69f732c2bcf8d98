// types for what the tests use of two packages that bring none
declare module 'pbf/compile' {
  export function compile(proto: unknown): Record<string, (pbf: unknown) => unknown>;
}
declare module 'resolve-protobuf-schema' {
  const resolve: { sync(file: string): unknown };
  export default resolve;
}
