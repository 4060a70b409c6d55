// What the command line tools share: the result goes to stdout, an error as one line to stderr with exit code 1.

export async function program(work) {
  try {
    const result = await work();
    console.log(typeof result === 'string' ? result : JSON.stringify(result));
  } catch (error) {
    console.error(`${error.name}: ${error.message}`);
    process.exitCode = 1;
  }
}
