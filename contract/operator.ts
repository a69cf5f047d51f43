/**
 * The group of the user pool whose members run Kerf itself. Nobody can sign up into it: only an administrator of the AWS account
 * (or whoever runs the embedded cloud) puts people there.
 */
export const operatorGroup = 'operators';
