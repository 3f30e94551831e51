"""Normalise names of technologies: React.js, ReactJS, React框架 to React."""
