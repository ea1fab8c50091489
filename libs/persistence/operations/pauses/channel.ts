/** Channel on which every change of `operations.pause` is announced, whoever made it. */
export const pauseChannel = 'itk_pause';
