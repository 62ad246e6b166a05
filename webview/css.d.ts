/** The build puts style sheets that the code names into one file beside the script. */
declare module '*.css';
