package io.dtx.runtime.log.raft;

import static org.assertj.core.api.Assertions.assertThat;

import com.alipay.sofa.jraft.rpc.InvokeCallback;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesResponse;
import com.google.protobuf.Message;
import io.dtx.runtime.log.raft.AnsweringTest.Told.How;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class AnsweringTest {

    private final Queue<Runnable> handedOver = new ArrayDeque<>();
    private final List<Told> told = new ArrayList<>();

    record Told(How how, boolean failed) {
        enum How {
            AT_ONCE,
            BY_ITS_OWN_THREAD
        }
    }

    @Test
    void who_brings_the_answer_of_a_follower_that_keeps_up_tells_consensus() {
        answer(entries(1), taken(true), null, true);

        assertThat(told).containsExactly(new Told(How.AT_ONCE, false));
    }

    @Test
    void an_answer_inside_of_the_call_that_sends_waits_until_its_lock_is_free() {
        answer(entries(1), taken(true), null, false);

        assertThat(told).containsExactly(new Told(How.BY_ITS_OWN_THREAD, false));
    }

    @Test
    void what_may_wait_is_left_to_a_thread_of_consensus() {
        answer(entries(1), taken(false), null, true); // the leader may look for the place on its disk
        answer(entries(2), taken(true), null, true); // a follower that lags: the next ones may be on the disk
        answer(entries(0), taken(true), null, true); // a heartbeat: somebody may wait for it with a reading
        answer(entries(1), null, new IllegalStateException("no connection"), true);

        assertThat(told)
                .containsExactly(
                        new Told(How.BY_ITS_OWN_THREAD, false),
                        new Told(How.BY_ITS_OWN_THREAD, false),
                        new Told(How.BY_ITS_OWN_THREAD, false),
                        new Told(How.BY_ITS_OWN_THREAD, true));
    }

    private void answer(Message request, Message answer, Throwable failure, boolean afterSending) {
        Callback callback = new Callback();
        Answering answering = new Answering(request, callback);
        if (afterSending) {
            answering.sent();
        }
        answering.answer(answer, failure);
        callback.how = How.BY_ITS_OWN_THREAD;
        while (!handedOver.isEmpty()) {
            handedOver.remove().run();
        }
    }

    private static Message entries(int count) {
        AppendEntriesRequest.Builder request = AppendEntriesRequest.newBuilder();
        for (int i = 0; i < count; i++) {
            request.addEntriesBuilder();
        }
        return request.buildPartial();
    }

    private static Message taken(boolean success) {
        return AppendEntriesResponse.newBuilder().setSuccess(success).setTerm(1).build();
    }

    private final class Callback implements InvokeCallback {

        private How how = How.AT_ONCE;

        @Override
        public void complete(Object result, Throwable failure) {
            told.add(new Told(how, failure != null));
        }

        @Override
        public Executor executor() {
            return handedOver::add;
        }
    }
}
