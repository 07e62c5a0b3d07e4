package org.eclipse.jetty.security;

/** The class of jetty 12 that the REST server of Kafka Connect names and the download lacks; without a user it does nothing. */
public abstract class SecurityHandler extends org.eclipse.jetty.server.Handler.Wrapper {}
