package generics;

import java.util.ArrayList;
import java.util.List;

class OrderStore extends Store<OrderStore.Order, Long> {

    record Order(String id, Pair<String, Pair<Integer, int[]>> lines) {}

    record Pair<A, B>(A first, B second) {}

    final List<String> done = new ArrayList<>();

    OrderStore() {}

    @Override
    Long insert(Order order) {
        done.add("insert " + order.id());
        return 7L;
    }

    @Override
    void delete(Order order, Long key) {
        done.add("delete " + order.id() + " " + order.lines().second().second()[1] + " " + key);
    }
}
