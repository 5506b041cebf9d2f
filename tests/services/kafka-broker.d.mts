export function serverProperties(at: { brokerPort: number; controllerPort: number; dataDir: string }): string;
export function javaArguments(
  location: { jarsDir: string; classArchive: string },
  mainClass: string,
  mainArguments: string[],
  jvmOptions?: string[],
): string[];
