import { type Command, exactArgs } from '../command.ts';

export const command: Command = {
  usage: 'REF',
  summary: 'Print the name and tag that an image which was built is deployed with',
  help: `Print the name and tag that an image is deployed with. The tag is made of the image's content, so the image has to be
there: a custom_build script calls this once it has built $EXPECTED_REF. Docker is asked with the docker program.`,
  examples: '  tilt dump image-deploy-ref $EXPECTED_REF',
  flags: [],
  checkArgs: exactArgs(1),
  async run({ io, positionals }) {
    const { imageDeployRef } = await import('../image-deploy-ref.ts');
    try {
      io.stdout.write(imageDeployRef(io, positionals[0]!));
      return 0;
    } catch (error) {
      io.stderr.write(`DumpImageDeployRef: ${(error as Error).message}\n`);
      return 1;
    }
  },
};
