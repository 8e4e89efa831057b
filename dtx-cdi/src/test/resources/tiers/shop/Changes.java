package shop;

import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Its interceptors, where they are enabled, change what a method is called with. */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
public @interface Changes {
    String value();
}
