package org.eclipse.microprofile.faulttolerance;

import java.lang.annotation.*;

@jakarta.interceptor.InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Retry {}
